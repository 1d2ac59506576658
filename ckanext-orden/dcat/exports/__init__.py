"""A dataset in the forms that others than DCAT's readers take: pure functions from its dict to plain JSON values."""
