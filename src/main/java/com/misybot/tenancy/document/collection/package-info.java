/** Collections as they are declared, and the documents in them. */
@NullMarked
package com.misybot.tenancy.document.collection;

import org.jspecify.annotations.NullMarked;
