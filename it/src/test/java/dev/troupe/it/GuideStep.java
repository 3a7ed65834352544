package dev.troupe.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a page of the documentation tells its reader to do, in the order of the page. */
sealed interface GuideStep {
  /**
   * To write a file. The page has {@code <!-- file: PATH -->} above its content.
   *
   * @param path below the directory of the project
   */
  record WriteFile(Path path, String content) implements GuideStep {}

  /**
   * To run a command. The page has it in a block {@code console}, after {@code $}.
   *
   * @param output what it prints, where {@code …} stands for any text; empty if the page shows none
   */
  record RunCommand(String line, String output) implements GuideStep {
    /** Whether the command printed what the page shows. */
    boolean shows(String printed) {
      String pattern = "\\Q" + output.strip().replace("…", "\\E.*\\Q") + "\\E";
      return output.isBlank()
          || Pattern.compile(pattern, Pattern.DOTALL).matcher(printed.strip()).matches();
    }
  }

  /** All steps of a page. */
  static List<GuideStep> of(String page) {
    Pattern blocks =
        Pattern.compile("(?:<!-- file: (\\S+) -->\n)?```(\\w+)\n(.*?)```\n", Pattern.DOTALL);
    List<GuideStep> steps = new ArrayList<>();
    Matcher block = blocks.matcher(page);
    while (block.find()) {
      if (block.group(1) != null) {
        steps.add(new WriteFile(Path.of(block.group(1)), block.group(3)));
      } else if (block.group(2).equals("console")) {
        steps.addAll(commands(block.group(3)));
      }
    }
    return List.copyOf(steps);
  }

  private static List<GuideStep> commands(String console) {
    return Pattern.compile("^\\$ (.*)\n((?:(?!\\$ ).*\n)*)", Pattern.MULTILINE)
        .matcher(console)
        .results()
        .<GuideStep>map(found -> new RunCommand(found.group(1), found.group(2)))
        .toList();
  }
}
