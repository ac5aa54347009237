/** Keys of operators and platform services: what one may do, how it is made, rotated and revoked, and whether a token is one. */
@NullMarked
package com.misybot.tenancy.security.apikey;

import org.jspecify.annotations.NullMarked;
