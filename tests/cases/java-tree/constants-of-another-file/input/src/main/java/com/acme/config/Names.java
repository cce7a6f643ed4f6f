package com.acme.config;

public interface Names {
    String EMBEDDING = "text-embedding-3-" + "large";
}
