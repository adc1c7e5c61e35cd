"""Who may do what, and when: the roles of an agency, and the review before anything goes out."""
