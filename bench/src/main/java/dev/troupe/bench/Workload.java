package dev.troupe.bench;

/** The kinds of requests. {@code wrk/requests.lua} uses the names of the constants. */
enum Workload {
  PING("bare Pekko HTTP"),
  GET_USER("GET /users/{id}"),
  POST_USER("POST /users"),
  POST_ORDER("POST /orders"),
  MIXED("7 GET, 2 orders, 1 user"),
  PROGRAM("GET by a program");

  private final String text;

  Workload(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
