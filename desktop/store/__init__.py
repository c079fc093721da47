"""The encrypted SQLite file: schema, migrations, records, change log, search, accounts, backup."""
