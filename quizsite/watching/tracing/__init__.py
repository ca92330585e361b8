"""Traces for OpenTelemetry, where its variables name a collector. Else nothing here is imported."""
