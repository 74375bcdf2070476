namespace Remediator.EndToEnd.Tests.Faults;

/// <summary>Commands that must be rejected before anything is looked up.</summary>
internal static class BadCommands
{
    private static readonly string[] Verbs = ["undo", "approve", "retry"];

    private static readonly string[] NoIds =
    [
        "",
        " ",
        "x",
        "01AB",
        "01AB-CD2E",
        "01AB-CD2E-3F4G-5H6J",
        "01AB-CD2E-3F4!",
        "01AB CD2E 3F4G X",
        "../../01AB",
        "01AB-CD2E-3F4G\\n",
        "*",
        "%",
        "id#x",
        "incident#1",
        "null",
        "' OR 1=1 --",
        "０１AB-CD2E-3F4G",
        "01ab_cd2e_3f4g_",
        "-----",
        "arn:aws:s3:::x",
    ];

    private static readonly string[] ByHand =
    [
        "null",
        "true",
        "42",
        "\"undo\"",
        "[]",
        "{}",
        "{",
        "}",
        "{\"command\":\"undo\"",
        "{\"command\":\"undo\"}",
        "{\"by\":\"alice\"}",
        "{\"command\":null,\"by\":\"alice\"}",
        "{\"command\":\"undo\",\"by\":null}",
        "{\"command\":\"\",\"by\":\"alice\"}",
        "{\"command\":\"delete\",\"by\":\"alice\"}",
        "{\"command\":7,\"by\":\"alice\"}",
        "{\"command\":[\"undo\"],\"by\":\"alice\"}",
        "{\"command\":\"undo\",\"by\":1}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"incident\":1}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"incident\":{}}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"force\":\"yes\"}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"force\":null}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"why\":5}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"also\":1}",
        "{\"command\":\"undo\",\"by\":\"alice\",\"Incidents\":[]}",
        "{\"command\":\"stop\",\"by\":\"alice\"}",
        "{\"command\":\"stop\",\"by\":\"alice\",\"why\":\"\"}",
        "{\"command\":\"stop\",\"by\":\"alice\",\"why\":\"  \"}",
        "{\"command\":\"undo approve\",\"by\":\"alice\"}",
        "{\"command\":\"undo\",\"by\":\"alice\",}",
        "{'command':'undo','by':'alice'}",
        "undo 01AB-CD2E-3F4G",
        "<undo/>",
        "",
        " ",
        "\0",
        "[[[[[[[[",
        new string('[', 1000),
        $"{{\"command\":\"undo\",\"by\":\"alice\",\"incident\":\"{new string('A', 100_000)}\"}}",
    ];

    public static IReadOnlyList<string> All { get; } =
    [
        .. ByHand,
        .. Verbs.SelectMany(_ => NoIds, (verb, id) => $$"""{"command":"{{verb}}","by":"alice","incident":"{{id}}"}"""),
        .. Verbs.SelectMany(
            _ => NoIds, (verb, id) => $$"""{"command":"{{verb}}","by":"alice","incident":"{{id}}","force":true,"why":"because"}"""),
    ];
}
