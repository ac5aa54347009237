/** Documents by the line. */
@NullMarked
package com.misybot.tenancy.document.transfer;

import org.jspecify.annotations.NullMarked;
