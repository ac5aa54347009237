package com.misybot.tenancy.isolation.redis;

/** Whether tenants can have users of Redis. */
public enum AclState {
    /** They can. */
    ON,
    /** {@code tenancy.isolation.redis.acl=off} says that they cannot. */
    OFF,
    /** Redis refuses the account of the service what it takes. */
    FORBIDDEN,
    /** Redis does not answer. */
    AWAY,
    /** There is no Redis. */
    NONE
}
