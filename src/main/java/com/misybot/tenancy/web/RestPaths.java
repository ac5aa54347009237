package com.misybot.tenancy.web;

/**
 * Where the API stands. Controllers write {@code @RequestMapping(path = RestPaths.API + "/tenants", version =
 * RestPaths.VERSION)}: the prefix is a literal, so that rules written for it cannot be passed by.
 */
public final class RestPaths {

    /** The prefix of every route of the API. */
    public static final String API = "/api/v1";

    /** The one version there is. */
    public static final String VERSION = "v1";

    private RestPaths() {}
}
