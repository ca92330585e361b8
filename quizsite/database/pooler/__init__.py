"""Django's engine for PostgreSQL behind PgBouncer or another pooler in transaction mode."""
