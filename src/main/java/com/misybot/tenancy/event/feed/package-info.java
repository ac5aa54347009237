/** Events in order: read page by page, and followed live by any number of clients through one reader an instance. */
@NullMarked
package com.misybot.tenancy.event.feed;

import org.jspecify.annotations.NullMarked;
