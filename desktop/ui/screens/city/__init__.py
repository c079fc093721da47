"""The city: what the districts sent, who is missing, their figures side by side, receipts."""
