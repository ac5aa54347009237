/** What a document may hold: names, numbers, size, declared fields and the schema of its collection, and its form in BSON. */
@NullMarked
package com.misybot.tenancy.document.content;

import org.jspecify.annotations.NullMarked;
