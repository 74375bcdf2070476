using Remediator.Change.Recorded;
using Remediator.Values;

namespace Remediator.Tests.Change.Recorded.Items;

/// <summary>What playbooks read from the project's own configuration items, in AWS Config's format.</summary>
public sealed class SampleItemTests
{
    private const int LeastSettings = 140;

    public static TheoryData<RecordedSample> Samples => [.. RecordedSample.All];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_recorded_setting_is_the_state_that_the_API_would_give(RecordedSample sample)
    {
        var setting = RecordedSettings.Named(sample.Setting);

        var state = setting.Of(sample.Read());

        Assert.Contains(sample.Item.TextOf("resourceType"), setting.Playbook.Resources);
        Assert.True(new Canonical(setting.Step.Ignore).Same(sample.State, state), $"Expected {sample.State}\nbut it is {state}");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_recorded_setting_has_no_member_that_the_API_never_gives(RecordedSample sample)
    {
        var setting = RecordedSettings.Named(sample.Setting);

        Assert.Empty(StateForm.Foreign(setting, setting.Of(sample.Read())));
    }

    [Fact]
    public void What_drifted_between_two_samples_of_a_setting_goes_back()
    {
        var pairs = 0;
        foreach (var samples in RecordedSample.All.GroupBy(s => (s.Setting, Type: s.Item.TextOf("resourceType"))))
        {
            var setting = RecordedSettings.Named(samples.Key.Setting);
            var canonical = new Canonical(setting.Step.Ignore);
            foreach (var (good, bad) in
                from good in samples
                from bad in samples
                where !canonical.Same(good.State, bad.State)
                select (good, bad))
            {
                var recorded = new RecordedValues(setting.Of(good.Read()), setting.Of(bad.Read()), setting.Of(bad.Read()));

                var merged = ThreeWay.Merge(recorded, bad.State, setting.Step.Ignore);

                Assert.True(
                    merged is Merged.Change(var target, _, _) && canonical.Same(good.State, target), $"{good} from {bad}: {merged}");
                pairs++;
            }
        }

        Assert.True(pairs > 200, $"only {pairs} pairs");
    }

    [Fact]
    public void A_member_that_the_API_does_not_give_is_found() => Assert.Equal(
        [".Rules[].ApplyServerSideEncryptionByDefault.SseAlgorithm", ".Rules[].BucketKeyEnabled: Array in the place of boolean"],
        StateForm.Foreign(RecordedSettings.Named("s3/bucket-encryption"), Json.Parse("""
            {"Rules":[{"ApplyServerSideEncryptionByDefault":{"SseAlgorithm":"AES256","KMSMasterKeyID":null},"BucketKeyEnabled":[true]}]}
            """)));

    [Fact]
    public void Many_settings_have_a_sample() =>
        Assert.InRange(RecordedSample.All.Select(s => s.Setting).Distinct().Count(), LeastSettings, RecordedSettings.All.Length);
}
