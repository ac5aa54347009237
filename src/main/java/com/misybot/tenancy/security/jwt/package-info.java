/** Tokens of the one configured issuer: its keys, found by OIDC discovery, and what its claims mean here. */
@NullMarked
package com.misybot.tenancy.security.jwt;

import org.jspecify.annotations.NullMarked;
