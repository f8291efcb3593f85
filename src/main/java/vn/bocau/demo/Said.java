package vn.bocau.demo;

/** A sentence in both languages; the demo is an outsider and borrows none from the hub. */
record Said(String vi, String en) {}
