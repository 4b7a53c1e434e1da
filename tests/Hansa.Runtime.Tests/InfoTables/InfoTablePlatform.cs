using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hansa.Runtime.Tests.InfoTables;

/// <summary>A platform for calls of InfoTableFunctions by a user without any right of his own, with small limits.</summary>
public sealed class InfoTablePlatform : IAsyncLifetime
{
    internal const int MaxRows = 1_000;
    internal const string Resource = "Resources/InfoTableFunctions";

    internal TestPlatform Platform { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Platform = await TestPlatform.StartAsync(configure: services => services.AddSingleton(
            new InfoTableOptions { MaxRows = MaxRows, MaxCells = 8_000, MaxXmlLength = 5_000, MaxXmlDepth = 12 }));
        await Platform.MakeUserAsync("bob");
    }

    internal async Task<InfoTable> CallAsync(string service, params (string Name, object? Value)[] arguments) =>
        (await Platform.InvokeAsync("bob", Resource, service, arguments)).AsTable()!;

    internal Task<PlatformException> RefusedAsync(string service, params (string Name, object? Value)[] arguments) =>
        Platform.RefusedAsync("bob", Resource, service, arguments);

    public ValueTask DisposeAsync() => Platform.DisposeAsync();

    /// <summary>The rows as JSON.</summary>
    internal static string Rows(InfoTable table)
    {
        using var json = JsonDocument.Parse(InfoTableJson.ToText(table));
        return json.RootElement.GetProperty("rows").GetRawText();
    }

    /// <summary>The fields as <c>name TYPE, name TYPE</c>.</summary>
    internal static string Fields(InfoTable table) => string.Join(", ", table.Shape.Fields.Select(field => $"{field.Name} {field.BaseType.Name()}"));
}
