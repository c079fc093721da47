"""两新工作台 (Renewal Desk): the program of a district office for 大规模设备更新和消费品以旧换新."""

__version__ = "0.1.0"
