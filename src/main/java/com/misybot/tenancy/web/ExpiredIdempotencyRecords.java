package com.misybot.tenancy.web;

/** Deletes idempotency records that have expired, as the keeper. Meant to be called about once an hour. */
public interface ExpiredIdempotencyRecords {

    /** Deletes them in transactions of 5,000 rows; answers how many there were. */
    long purge();
}
