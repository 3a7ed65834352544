package dev.troupe.it.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes bodies that no careful client sends. */
final class BodyMutations {
  private static final String PLACE = "the place of a value";
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "\"\"",
          "\" \"",
          "\"1\"",
          "[]",
          "{}",
          "[[]]",
          "{\"a\":{}}",
          "0",
          "-0",
          "-1",
          "1.0",
          "1.5",
          "1e2",
          "1E400",
          "-1E400",
          "1E-400",
          "1e1000000000",
          "2147483648",
          "9223372036854775808",
          "99999999999999999999999999999999999999999999999999",
          "0.1000000000000000055511151231257827021181583404541015625",
          "NaN",
          "0x10",
          "+1",
          "01",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\uffff\"",
          "\"\u202eabc\"",
          "\"\u0000\"",
          "'a'",
          "undefined");
  private static final List<String> WHOLE =
      List.of(
          "",
          " ",
          "null",
          "[]",
          "\"\"",
          "1",
          "true",
          "{",
          "}",
          "{\"",
          "{}{}",
          "{},",
          "{\"a\":}",
          "\uFEFF{}",
          "// {}",
          "{\"a\":1,}",
          "nul",
          "{}\u0000");
  private static final int DEEP = 20_000;
  private static final int HUGE = 200_000;

  private final Random random;

  BodyMutations(Random random) {
    this.random = random;
  }

  byte[] of(JsonNode valid) {
    return switch (random.nextInt(8)) {
      case 0 -> chosen(WHOLE).getBytes(UTF_8);
      case 1 -> broken(valid.toString().getBytes(UTF_8));
      default -> changed(valid).getBytes(UTF_8);
    };
  }

  private String changed(JsonNode valid) {
    if (!(valid instanceof ObjectNode given) || given.isEmpty()) {
      return chosen(WHOLE);
    }
    ObjectNode object = given.deepCopy();
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    String name = chosen(names);
    switch (random.nextInt(8)) {
      case 0 -> object.remove(name);
      case 1 -> object.putObject("an extra \uD83D\uDE00 field").put("a", 1);
      case 2 -> object.put(name, "x".repeat(HUGE));
      case 3 -> {
        return replaced(object, name, "[".repeat(DEEP) + "]".repeat(DEEP));
      }
      case 4 -> {
        String text = object.toString();
        return text.substring(0, text.length() - 1) + ",\"" + name + "\":null}";
      }
      default -> {
        return replaced(object, name, chosen(VALUES));
      }
    }
    return object.toString();
  }

  private static String replaced(ObjectNode object, String name, String value) {
    object.put(name, PLACE);
    return object.toString().replace('"' + PLACE + '"', value);
  }

  // Cut off anywhere, or with a byte that UTF-8 does not have.
  private byte[] broken(byte[] bytes) {
    int place = random.nextInt(bytes.length);
    if (random.nextBoolean()) {
      return ByteBuffer.allocate(place).put(bytes, 0, place).array();
    }
    bytes[place] = (byte) 0xFF;
    return bytes;
  }

  private String chosen(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }
}
