"""What the law says of a day: values, fees, outcomes, remedies. The numbers are data in ``rulebook/cn/law``."""
