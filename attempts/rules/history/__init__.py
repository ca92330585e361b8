"""What the past attempts of one person show: a trend, days, words that were written. Pure."""
