using Remediator.Change.Registered;
using Remediator.Playbooks.Registered;
using Remediator.Values;

namespace Remediator.Tests.Change.Registered;

/// <summary>A recorded model in the form that Cloud Control answers in: only what differs in more than form is another value.</summary>
public sealed class AlignerTests
{
    private static readonly Aligner Some = new(RegisteredType.Of("AWS::Some::Type", Json.Parse("""
        {"id":["Name"],"properties":["Name","Delay","Open","Mode","Rules","Policy"],"numbers":["Delay","Rules/*/Port"],
         "flags":["Open","Rules/*/On"],"words":["Mode"]}
        """)));

    [Theory]
    [InlineData("the same in another form is the live value", """{"Delay":"5","Rules":[2,1]}""", """{"Delay":5,"Rules":[1,2]}""",
        """{"Delay":5,"Rules":[1,2]}""")]
    [InlineData("a word for what is not set", """{"Mode":"OFF"}""", "{}", "{}")]
    [InlineData("a word for what is not set, in small letters", """{"Mode":"none"}""", "{}", "{}")]
    [InlineData("a word that another member may have", """{"Name":"OFF"}""", """{"Name":"a"}""", """{"Name":"OFF"}""")]
    [InlineData("a word where another is set", """{"Mode":"off"}""", """{"Mode":"FAST"}""", "{}")]
    [InlineData("an empty value", """{"Name":"","Delay":1}""", """{"Name":"a","Delay":1}""", """{"Delay":1}""")]
    [InlineData("a number with a sign and a fraction", """{"Delay":"-1.5"}""", "{}", """{"Delay":-1.5}""")]
    [InlineData("a number that is none", """{"Delay":"soon"}""", "{}", """{"Delay":"soon"}""")]
    [InlineData("numbers and switches in a list, without what is empty", """{"Rules":[{"Port":"22","On":"false","To":"22","No":""}]}""",
        "{}", """{"Rules":[{"Port":22,"On":false,"To":"22"}]}""")]
    [InlineData("a switch that is on", """{"Open":"true"}""", "{}", """{"Open":true}""")]
    [InlineData("a switch that is neither", """{"Open":"maybe"}""", "{}", """{"Open":"maybe"}""")]
    [InlineData("JSON in text, where the live one is an object", """{"Policy":"{\"A\":1}"}""", """{"Policy":{"A":2}}""",
        """{"Policy":{"A":1}}""")]
    [InlineData("an object, where the live one is JSON in text", """{"Policy":{"A":1}}""", """{"Policy":"{\"A\":2}"}""",
        """{"Policy":"{\"A\":1}"}""")]
    [InlineData("a list, where the live one is JSON in text", """{"Policy":[1]}""", """{"Policy":"[2]"}""", """{"Policy":"[1]"}""")]
    [InlineData("an object, where the live one is another text", """{"Policy":{"A":1}}""", """{"Policy":"none"}""",
        """{"Policy":{"A":1}}""")]
    [InlineData("another text, where the live one is JSON in text", """{"Policy":"x"}""", """{"Policy":"{\"A\":2}"}""",
        """{"Policy":"x"}""")]
    [InlineData("a number, where the live one is an object", """{"Policy":5}""", """{"Policy":{"A":2}}""", """{"Policy":5}""")]
    [InlineData("text that only begins like JSON", """{"Policy":"{broken"}""", """{"Policy":{"A":2}}""", """{"Policy":"{broken"}""")]
    [InlineData("a member that was not recorded", "{\"Name\":\"b\"}", """{"Name":"a","Delay":5}""", """{"Name":"b"}""")]
    public void Recorded_value_takes_the_form_of_the_live_one(string what, string recorded, string live, string aligned) =>
        Assert.True(aligned == Some.Align(Json.Parse(recorded), Json.Parse(live)).GetRawText(), what);

    /// <summary>The live model, the one before the change and the one after it.</summary>
    [Theory]
    [InlineData("""{"Rules":[2,1]}""", """{"Rules":[]}""", """{"Rules":[1,2]}""", """{"Rules":[1,2]}""")]
    [InlineData("""{"Rules":[2,1]}""", """{"Rules":[1,2]}""", """{"Rules":[]}""", """{"Rules":[1,2]}""")]
    [InlineData("""{"Mode":"m","Rules":[2,1]}""", """{"Rules":[]}""", """{"Rules":[1,2]}""", """{"Mode":"m","Rules":[1,2]}""")]
    [InlineData("""{"Mode":"m"}""", """{"Rules":[]}""", """{"Rules":[1]}""", """{"Mode":"m","Rules":[]}""")]
    [InlineData("""{"Mode":"m"}""", """{"Rules":[1]}""", """{"Rules":[]}""", """{"Mode":"m","Rules":[]}""")]
    [InlineData("""{"Mode":"m"}""", """{"Rules":[1]}""", """{"Rules":[2]}""", """{"Mode":"m"}""")]
    [InlineData("""{"Mode":"m","Policy":"{ \"A\":1 }"}""", "null", """{"Policy":{"A":1}}""", """{"Mode":"m","Policy":{"A":1}}""")]
    [InlineData("""{"Mode":"m","Policy":"{ \"A\":1 }"}""", """{"Policy":{"A":1}}""", "null", """{"Mode":"m","Policy":{"A":1}}""")]
    [InlineData("""{"Mode":"m"}""", "\"a\"", "\"b\"", """{"Mode":"m"}""")]
    [InlineData("\"m\"", """{"Mode":"m"}""", """{"Mode":"n"}""", "\"m\"")]
    public void What_was_planned_is_recognised_in_another_form(string live, string before, string after, string recognised) => Assert.Equal(
        recognised, Aligner.Recognised(Json.Parse(live), Json.Parse(before), Json.Parse(after)).GetRawText());
}
