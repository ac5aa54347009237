package com.misybot.tenancy.tenant.transfer;

/** A line that has been understood, or refused, and where it stands. */
record NumberedLine(long number, ImportLine line) {}
