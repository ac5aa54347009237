/** What stands around the handlers: filters, the servlet container's own refusals, limits. */
@NullMarked
package com.misybot.tenancy.web.container;

import org.jspecify.annotations.NullMarked;
