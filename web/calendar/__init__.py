"""日历与法规: the working days, and what they rest on."""
