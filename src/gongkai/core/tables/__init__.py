"""Forms and figures: what a form asks for, and what a report says, cell by cell."""
