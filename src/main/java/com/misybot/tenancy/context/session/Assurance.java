package com.misybot.tenancy.context.session;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a session was started on. */
public enum Assurance {
    /** The word of a platform service that a page of this origin asked for it. */
    @JsonProperty("origin")
    ORIGIN,
    /** A secret of the tenant. */
    @JsonProperty("secret")
    SECRET
}
