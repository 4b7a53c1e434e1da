using Hansa.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hansa.Web;

/// <summary>In which form a table is answered.</summary>
internal enum AnswerForm
{
    Json,
    Xml,
    Csv,
}

/// <summary>What the caller wants to get (spec platform 5.3): Accept, or the query parameter of that name; JSON where nothing is said.</summary>
internal static class ContentTypes
{
    public static AnswerForm Choose(HttpRequest request)
    {
        var text = request.Query["Accept"].FirstOrDefault() ?? request.Headers.Accept.ToString();
        if (string.IsNullOrWhiteSpace(text))
            return AnswerForm.Json;
        if (!MediaTypeHeaderValue.TryParseList([text], out var wanted))
            throw Refuse(text);
        foreach (var type in wanted.OrderByDescending(type => type.Quality ?? 1))
        {
            if (Form(type.MediaType.Value ?? "") is { } form && type.Quality != 0)
                return form;
        }

        throw Refuse(text);
    }

    private static AnswerForm? Form(string type) => type.ToLowerInvariant() switch
    {
        "*/*" or "application/*" or "application/json" => AnswerForm.Json,
        "text/xml" or "application/xml" => AnswerForm.Xml,
        "text/csv" or "text/*" => AnswerForm.Csv,
        _ => null,
    };

    private static PlatformException Refuse(string text) =>
        new(ErrorCode.NotAcceptable, $"'{text}' is not served here; there are application/json, text/xml and text/csv.");
}
