/**
 * What belongs to one tenant in Redis, and the users of Redis by which platform services get at that and at nothing else. Redis keeps no
 * users over a restart and tells them to no other node: PostgreSQL knows who there has to be, and rounds put them back.
 */
@NullMarked
package com.misybot.tenancy.isolation.redis;

import org.jspecify.annotations.NullMarked;
