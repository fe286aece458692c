"""Reading the spreadsheets secretariats really have."""
