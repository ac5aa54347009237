/** The HTTP face of the secrets of tenants. */
@NullMarked
package com.misybot.tenancy.credential.web;

import org.jspecify.annotations.NullMarked;
