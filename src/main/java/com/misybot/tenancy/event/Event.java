package com.misybot.tenancy.event;

import java.time.Instant;
import java.util.UUID;

/**
 * A committed change, as it is told to others.
 *
 * @param tenant whose it is; the nil UUID for the platform's own
 * @param sequence its place among the tenant's events, from 1, without a gap
 * @param position its place among all events
 * @param id of the change
 * @param type what happened
 * @param subject what it happened to
 * @param at when
 * @param recordedAt when the transaction began that wrote it, by the clock of the database
 * @param data a JSON object
 */
public record Event(
        UUID tenant,
        long sequence,
        Position position,
        UUID id,
        String type,
        String subject,
        Instant at,
        Instant recordedAt,
        String data) {}
