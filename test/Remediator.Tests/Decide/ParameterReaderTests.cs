using Remediator.Decide;

namespace Remediator.Tests.Decide;

/// <summary>Values for playbooks' parameters: any that says something, and to every reader of YAML the same.</summary>
public sealed class ParameterReaderTests
{
    [Theory]
    [InlineData("a: text", """{"a":"text"}""")]
    [InlineData("a: 5, b: 1.5, c: -3, d: 1e3", """{"a":5,"b":1.5,"c":-3,"d":1e3}""")]
    [InlineData("a: true, b: false", """{"a":true,"b":false}""")]
    [InlineData("a: '5', b: 'yes', c: 'true'", """{"a":"5","b":"yes","c":"true"}""")]
    [InlineData("a: '', b: 'null'", """{"a":"","b":"null"}""")]
    [InlineData("a: [x, [1], {b: c}]", """{"a":["x",[1],{"b":"c"}]}""")]
    [InlineData("a: {b: {c: d}}", """{"a":{"b":{"c":"d"}}}""")]
    [InlineData("'5': a", """{"5":"a"}""")]
    public void Value_is_read_as_it_is_written(string parameters, string json) => Assert.Equal(
        json, PolicyReader.Read("policy.yaml", $"defaults: {{params: {{{parameters}}}}}").Defaults.Parameters.GetRawText());

    [Theory]
    [InlineData("5", "(1,20): error PB002: expected the parameters as a mapping: NAME: VALUE")]
    [InlineData("[a]", "(1,20): error PB002: expected the parameters as a mapping: NAME: VALUE")]
    [InlineData("{[a]: b}", "(1,21): error PB002: expected a name")]
    [InlineData("{'': b}", "(1,21): error PB002: expected a name")]
    [InlineData("{a: }", "(1,24): error PO003: a value is missing here: leave the parameter out to have the playbook's own")]
    [InlineData("{a: [b, ~]}", "(1,28): error PO003: a value is missing here: leave the parameter out to have the playbook's own")]
    [InlineData("{a: []}", "(1,24): error PO003: an empty value: leave the parameter out to have the playbook's own")]
    [InlineData("{a: {b: {}}}", "(1,28): error PO003: an empty value: leave the parameter out to have the playbook's own")]
    [InlineData("{a: {b: yes}}",
        "(1,28): error PO005: some readers of YAML take yes for a number or for true or false: put it in quotes, 'yes'")]
    [InlineData("{a: 0777}",
        "(1,24): error PO005: some readers of YAML take 0777 for a number or for true or false: put it in quotes, '0777'")]
    [InlineData("{a: '${resource.id}'}",
        "(1,24): error PO002: '${resource.id}' is an expression: a parameter of the policy is a plain value; it may hold ${account.id}, "
        + "${account.name}, ${account.ou}, ${account.team}, ${account.environment} and ${account.values.KEY}")]
    public void Value_that_says_nothing_or_something_else_to_some_is_told_with_its_place(string parameters, string problem) => Assert.Equal(
        [$"policy.yaml{problem}"],
        PolicyReader.TryRead("policy.yaml", $"defaults: {{params: {parameters}}}").Problems.Select(p => p.ToString()));
}
