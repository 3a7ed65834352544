package dev.troupe.bench;

/** What is sent; {@code wrk/requests.lua} knows each by its name. */
enum Traffic {
  PING("bare Pekko HTTP"),
  GET_USER("GET /users/{id}"),
  POST_USER("POST /users"),
  POST_ORDER("POST /orders"),
  MIXED("7 GET, 2 orders, 1 user");

  private final String text;

  Traffic(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
