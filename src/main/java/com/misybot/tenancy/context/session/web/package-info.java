/** Sessions over HTTP. Tokens stand in bodies and nowhere else. */
@NullMarked
package com.misybot.tenancy.context.session.web;

import org.jspecify.annotations.NullMarked;
