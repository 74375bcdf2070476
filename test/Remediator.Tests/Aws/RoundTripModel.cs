using System.Text;
using Remediator.Aws.Models;

namespace Remediator.Tests.Aws;

/// <summary>An operation that returns its input: every kind of shape, with different names on the wire, recursive.</summary>
internal static class RoundTripModel
{
    private const string Text = """
        {
          "metadata":{"protocol":"PROTOCOL","targetPrefix":"T","apiVersion":"2020-01-01"},
          "operations":{"Turn":{"http":{"method":"POST","requestUri":"/"},"input":{"shape":"Tree","locationName":"Tree"},
           "output":{"shape":"Tree"}}},
          "shapes":{
            "Tree":{"type":"structure","members":{
              "Text":{"shape":"Text"},
              "Renamed":{"shape":"Text","locationName":"other"},
              "Flag":{"shape":"Flag"},
              "Count":{"shape":"Count"},
              "Big":{"shape":"Big"},
              "Share":{"shape":"Share"},
              "When":{"shape":"When"},
              "Day":{"shape":"Day"},
              "Bytes":{"shape":"Bytes"},
              "Texts":{"shape":"Texts"},
              "Flat":{"shape":"Texts","flattened":true,"locationName":"flat"},
              "Trees":{"shape":"Trees"},
              "Choice":{"shape":"Choice"},
              "ByName":{"shape":"ByName"},
              "FlatByName":{"shape":"ByName","flattened":true},
              "Tree":{"shape":"Tree"}}},
            "Choice":{"type":"structure","union":true,"members":{"One":{"shape":"Text"},"Many":{"shape":"Texts"}}},
            "Texts":{"type":"list","member":{"shape":"Text","locationName":"item"}},
            "Trees":{"type":"list","member":{"shape":"Tree"}},
            "ByName":{"type":"map","key":{"shape":"Text","locationName":"name"},"value":{"shape":"Count","locationName":"count"}},
            "Text":{"type":"string"},"Flag":{"type":"boolean"},"Count":{"type":"integer"},"Big":{"type":"long"},"Share":{"type":"double"},
            "When":{"type":"timestamp"},"Day":{"type":"timestamp","timestampFormat":"rfc822"},"Bytes":{"type":"blob"}
          }
        }
        """;

    public static OperationModel Of(string protocol) =>
        ServiceModel.Read("turn", Encoding.UTF8.GetBytes(Text.Replace("PROTOCOL", protocol, StringComparison.Ordinal))).Operation("Turn")!;
}
