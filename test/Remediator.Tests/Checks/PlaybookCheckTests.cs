namespace Remediator.Tests.Checks;

public class PlaybookCheckTests
{
    [Fact]
    public void What_is_no_YAML_is_said_so() => Assert.Equal("PB001", Assert.Single(Lint.Of("summary: [")).Code);

    [Fact]
    public void A_word_given_twice_is_found() => Lint.With("impact: brief", "impact: brief\nimpact: cost").Only("PB001", 5, "uplicate key");

    [Fact]
    public void A_value_of_the_wrong_kind_is_found() => Lint.With("summary: Blocks public access to a bucket.", "summary: [a, b]").Only("PB002", 1, "expected text");

    [Fact]
    public void An_unknown_word_gets_the_nearest_right_one() => Lint.With("impact: brief", "impact: brief\nscoop: global").Only("PB003", 5, "did you mean 'scope'?");

    [Fact]
    public void A_missing_word_is_named() => Lint.With("manual: Turn it on.", "").Only("PB004", 1, "'manual' is missing");

    [Fact]
    public void An_unknown_impact_is_found() => Lint.With("impact: brief", "impact: big").Only("PB005", 4, "'big' is not an impact");

    [Fact]
    public void Both_want_and_remove_is_one_too_many() => Lint.With("want: ", "remove: state\nwant: ").Only("PB006", 1, "either 'want'");

    [Fact]
    public void An_unknown_procedure_gets_the_nearest_right_one() =>
        Lint.With("want: {BlockPublicAcls: true}", "procedure: bucket-policy-without-action").Only("PB008", 10, "did you mean 'bucket-policy-without-actions'?");

    [Fact]
    public void A_call_is_an_operation_or_a_runbook() =>
        Assert.Contains(Lint.With("call: s3:DeletePublicAccessBlock", "call: s3:DeletePublicAccessBlock\n  runbook: A"), p => p is { Code: "PB009", At.Line: 15 });

    [Fact]
    public void A_runbooks_parameters_are_lists_of_text() =>
        Assert.Contains(
            Lint.With("call: s3:DeletePublicAccessBlock\n  with: {Bucket: \"${resource.id}\"}", "runbook: A\n  with: {Bucket: \"b\"}"),
            p => p.Code is "PB022" && p.At.Line == 16);

    [Fact]
    public void A_file_name_that_does_not_fit_is_found() => Lint.Of(Lint.Good, name: "s3/Block_it").Only("PB007", 1, "small letters");

    [Fact]
    public void A_write_that_forgets_the_earlier_value_needs_an_undo() =>
        Lint.With("\"${target}\"", "{BlockPublicAcls: true}").Only("PB030", 12, "add 'undo'");

    [Fact]
    public void A_removal_that_cannot_be_restored_needs_an_undo() => Lint.Of(Function("remove: state[?Principal=='*']")).Only("PB030", 8, "over 'items'");

    [Fact]
    public void A_setting_that_may_be_absent_needs_a_clear() =>
        Lint.With("""
            clear:
              call: s3:DeletePublicAccessBlock
              with: {Bucket: "${resource.id}"}

            """, "").Only("PB031", 12, "add 'clear'");

    [Fact]
    public void An_unknown_rule_gets_the_nearest_right_one() =>
        Lint.With("S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED", "S3_BUCKET_LEVEL_PUBLIC_ACESS_PROHIBITED")
            .Only("PB032", 2, "did you mean 'S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED'?");

    [Fact]
    public void An_unknown_resource_type_gets_the_nearest_right_one() =>
        Assert.Contains(
            Lint.With("AWS::S3::Bucket", "AWS::S3::Bukket"),
            p => p.Code == "PB033" && p.At.Line == 3 && p.Message.Contains("did you mean 'AWS::S3::Bucket'?", StringComparison.Ordinal));

    [Fact]
    public void A_rule_that_evaluates_other_types_is_a_warning()
    {
        var problems = Lint.With("AWS::S3::Bucket", "AWS::EC2::Volume");

        problems.Only("PB034", 2, "but AWS::S3::Bucket");
        Assert.True(problems[0].IsWarning);
    }

    [Fact]
    public void Two_playbooks_for_one_rule_need_a_choice()
    {
        (string, string)[] two = [("s3/a", Lint.Good), ("s3/b", Lint.Good)];

        Lint.Of(two).Only("PB035", 2, "s3/a and s3/b all answer");
        Assert.Empty(Lint.Of(two, "rules: [{match: {rule: S3_BUCKET_LEVEL_PUBLIC_ACCESS_PROHIBITED}, playbook: s3/b}]"));
    }

    [Fact]
    public void An_impact_that_the_calls_contradict_is_found() =>
        Lint.Of(Function("remove: state[?Principal=='*']\nundo: {call: \"lambda:GetPolicy\", with: {FunctionName: \"${resource.id}\"}}"))
            .Only("PB040", 4, "at least 'brief'");

    private static string Function(string setting)
    {
        var impact = setting.Contains("undo", StringComparison.Ordinal) ? "none" : "brief";
        return $$"""
            summary: Removes statements.
            rules: [LAMBDA_FUNCTION_PUBLIC_ACCESS_PROHIBITED]
            resource: AWS::Lambda::Function
            impact: {{impact}}
            read: {call: "lambda:GetPolicy", with: {FunctionName: "${resource.id}"}, take: parse_json(Policy).Statement}

            write:
              call: lambda:RemovePermission
              for-each: items
              with: {FunctionName: "${resource.id}", StatementId: "${item.Sid}"}
            {{setting}}
            manual: Remove it.
            """;
    }
}
