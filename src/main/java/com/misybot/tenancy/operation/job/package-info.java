/** Jobs: work that is due later or again, written in the transaction that causes it and kept until it is done. */
@NamedInterface("job")
@NullMarked
package com.misybot.tenancy.operation.job;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
