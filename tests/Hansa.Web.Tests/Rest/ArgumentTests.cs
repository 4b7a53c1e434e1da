using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Hansa.Runtime;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Rest;

/// <summary>Arguments through each door: the same input gives the same values.</summary>
public sealed class ArgumentTests
{
    private static readonly BaseType[] Types = [.. BaseTypes.All.Where(type => type is not (BaseType.NOTHING or BaseType.VARIANT))];

    private static readonly Gen<Value> AnyValue = FsCheck.Fluent.Gen.Elements(Types).SelectMany(type => Model.Tests.Gen.Value(type));

    [Fact]
    public void Equal_input_gives_equal_values_by_JSON_form_table_and_script() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(AnyValue.ToArbitrary(), value =>
        {
            var service = new ServiceDefinition("s", [new("first", BaseType.STRING), new("p", value.BaseType)], new("result", BaseType.NOTHING));
            var expected = Read(service, TableArguments.Of(("p", value)));
            Read(service, new NamedArguments([KeyValuePair.Create("p", value)])).ShouldBe(expected);
            // Tables and JSON say the same in other words: spaces, order, types of cells.
            if (value.BaseType is not (BaseType.INFOTABLE or BaseType.JSON or BaseType.QUERY))
            {
                Read(service, Json($$"""{"x":[1,{}],"p":{{ValueJson.ToText(value)}}}""")).ShouldBe(expected);
                Read(service, new TextArguments(name => name == "p" ? value.ToString() : null)).ShouldBe(expected);
            }
        }));

    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t")]
    [InlineData("{}")]
    [InlineData("""{"other":{"deep":[1,2,{"a":null}]}}""")]
    [InlineData("""{"p":null}""")]
    public void What_is_not_given_is_null(string body) => Read(Service(BaseType.NUMBER), Json(body)).ShouldBe(Value.Null);

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{")]
    [InlineData("""{"p":1""")]
    [InlineData("""{"p":1}}""")]
    [InlineData("""{"p":1} {}""")]
    [InlineData("""{"p":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"p":{"a":"\ud800"}}""")]
    [InlineData("""{"p":{"\ud800":1}}""")]
    [InlineData("nonsense")]
    public void A_body_that_is_no_object_of_parameters_is_a_bad_request(string body)
    {
        foreach (var type in new[] { BaseType.STRING, BaseType.INFOTABLE, BaseType.TAGS })
            Should.Throw<PlatformException>(() => Read(Service(type), Json(body))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    [Fact]
    public void Deep_nesting_is_refused() => Should.Throw<PlatformException>(() =>
        Read(Service(BaseType.JSON), Json($$"""{"p":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}"""))).Code.ShouldBe(ErrorCode.BadRequest);

    [Fact]
    public void A_value_that_does_not_fit_is_refused_by_the_name_of_its_parameter()
    {
        IArguments[] doors = [Json("""{"p":"much"}"""), new TextArguments(_ => "much"), TableArguments.Of(("p", Value.String("much"))), new NamedArguments([new("p", Value.String("much"))])];
        foreach (var door in doors)
            Should.Throw<PlatformException>(() => Read(Service(BaseType.NUMBER), door)).Message.ShouldBe("Field 'p': the STRING 'much' is not a NUMBER.");
    }

    [Theory]
    [InlineData("""{"speed":1}""", "speed", "speed=1")]
    [InlineData("""{"speed":1,"name":"x"}""", "*", "speed=1 name=x")]
    [InlineData("{}", "*", "")]
    [InlineData("""{"speed":1,"name":"x"}""", "speed", null)]
    [InlineData("""{"name":"x"}""", "speed", null)]
    [InlineData("{}", "speed", null)]
    [InlineData("1", "speed", null)]
    [InlineData("", "speed", null)]
    [InlineData("""{"\ud800":1}""", "*", null)]
    [InlineData("""{"name":"\ud800"}""", "*", null)]
    public void A_property_body_holds_what_the_address_names(string body, string name, string? expected)
    {
        IEnumerable<(string Property, Vtq Value)> Parse() => PropertyBody.Read(
            Encoding.UTF8.GetBytes(body), name, property => new(new FieldDefinition(property, property == "speed" ? BaseType.NUMBER : BaseType.STRING)), now: 5);

        if (expected is null)
            Should.Throw<PlatformException>(Parse).Code.ShouldBe(ErrorCode.BadRequest);
        else
            string.Join(' ', Parse().Select(write => $"{write.Property}={write.Value.Value}")).ShouldBe(expected);
    }

    private static ServiceDefinition Service(BaseType type) => new("s", [new("p", type)], new("result", BaseType.NOTHING));

    private static JsonArguments Json(string body) => new(Encoding.UTF8.GetBytes(body));

    private static Value Read(ServiceDefinition service, IArguments arguments) => arguments.Read(service, _ => null)[service.IndexOf("p")];
}
