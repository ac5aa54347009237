/** Describes the HTTP contract in one OpenAPI 3.1 document, from the handler methods themselves. */
@NullMarked
package com.misybot.tenancy.web.openapi;

import org.jspecify.annotations.NullMarked;
