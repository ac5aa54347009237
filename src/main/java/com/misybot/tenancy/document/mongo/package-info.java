/** The one door to MongoDB, and what the service keeps behind it. */
@NullMarked
package com.misybot.tenancy.document.mongo;

import org.jspecify.annotations.NullMarked;
