using Hansa.Model;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Negotiation;

public sealed class ContentTypeTests
{
    [Theory]
    [InlineData(null, null, nameof(AnswerForm.Json))]
    [InlineData("", null, nameof(AnswerForm.Json))]
    [InlineData("*/*", null, nameof(AnswerForm.Json))]
    [InlineData("application/json", null, nameof(AnswerForm.Json))]
    [InlineData("Application/JSON; charset=utf-8", null, nameof(AnswerForm.Json))]
    [InlineData("text/xml", null, nameof(AnswerForm.Xml))]
    [InlineData("text/csv", null, nameof(AnswerForm.Csv))]
    [InlineData("text/csv;q=0.5, text/xml;q=0.9", null, nameof(AnswerForm.Xml))]
    [InlineData("image/png, text/csv;q=0.1", null, nameof(AnswerForm.Csv))]
    [InlineData("application/json;q=0, text/csv", null, nameof(AnswerForm.Csv))]
    [InlineData("text/csv", "text/xml", nameof(AnswerForm.Xml))]
    public void The_form_is_the_one_most_wanted(string? header, string? parameter, string form) => ContentTypes.Choose(Request(header, parameter)).ToString().ShouldBe(form);

    [Theory]
    [InlineData("image/png")]
    [InlineData("application/json;q=0")]
    [InlineData("nonsense")]
    public void What_is_not_served_is_refused_with_what_is(string header)
    {
        var refusal = Should.Throw<PlatformException>(() => ContentTypes.Choose(Request(header, null)));
        refusal.Code.ShouldBe(ErrorCode.NotAcceptable);
        refusal.Message.ShouldContain("application/json, text/xml and text/csv");
    }

    private static HttpRequest Request(string? header, string? parameter)
    {
        var request = new DefaultHttpContext().Request;
        if (header is not null)
            request.Headers.Accept = header;
        if (parameter is not null)
            request.QueryString = QueryString.Create("Accept", parameter);
        return request;
    }
}
