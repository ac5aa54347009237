/** Reads JSON strictly: what the schema does not say is refused, with a pointer to it. */
@NullMarked
package com.misybot.tenancy.web.json;

import org.jspecify.annotations.NullMarked;
