"""How good the description of a dataset is: the 405 points of data.europa.eu's MQA, and what Japan asks beside them."""
