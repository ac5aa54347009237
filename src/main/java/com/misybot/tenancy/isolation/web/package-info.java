/** What isolation tells over HTTP. */
@NullMarked
package com.misybot.tenancy.isolation.web;

import org.jspecify.annotations.NullMarked;
