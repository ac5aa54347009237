package com.misybot.tenancy.onboarding.proof;

/** What is missing where the challenge should stand. */
public enum Miss {
    /** There is no such record, or no such file. */
    NOTHING,
    /** There is something else. */
    OTHER_VALUE,
    /** The name server says the same of every name, and so says nothing of this one. */
    WILDCARD,
    /** Nobody answers in time, or not in a way that can be understood. */
    NO_ANSWER,
    /** The name leads nowhere that is called; the same whether it is unknown or its address is refused. */
    UNREACHABLE,
    /** The site sends elsewhere, where nobody follows. */
    REDIRECT,
    /** The file is longer than what it should say. */
    TOO_LONG,
    /** The origin stands for many hosts, which a file of one of them does not prove. */
    NOT_POSSIBLE
}
