package com.misybot.tenancy.isolation;

import java.util.List;

/** Somebody who looks for ways in which tenants are not kept apart. Each bean's findings turn the status of isolation red. */
@FunctionalInterface
public interface IsolationFindings {

    /**
     * What is wrong now.
     *
     * @return nothing where all is well
     */
    List<Finding> findings();
}
