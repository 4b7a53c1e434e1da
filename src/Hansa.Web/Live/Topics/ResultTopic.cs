using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Topic <c>result</c>: what a service that only reads gives, told again whenever it gives something else.</summary>
internal sealed class ResultTopic : LiveTopic
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);

    private readonly ServiceInvoker _invoker;
    private readonly EntityKey _entity;
    private readonly string _service;
    private readonly JsonArguments _arguments;
    private readonly ITimer _timer;
    private string? _told;

    public ResultTopic(ServiceInvoker invoker, EntityKey entity, string service, JsonElement asked, TimeProvider time)
    {
        (_invoker, _entity, _service) = (invoker, entity, service);
        _arguments = new(asked.TryGetProperty("arguments", out var arguments) ? JsonSerializer.SerializeToUtf8Bytes(arguments) : default);
        var every = asked.TryGetProperty("every", out var given) && given.TryGetInt32(out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds) : Shortest;
        _timer = time.CreateTimer(_ => News(), null, TimeSpan.Zero, every < Shortest ? Shortest : every);
    }

    public override void Dispose() => _timer.Dispose();

    protected override async ValueTask CollectAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken)
    {
        if (_invoker.Directory.Find(_entity)?.Shape.FindService(_service)?.Definition is { Kind: not CallKind.Read })
            throw new PlatformException(ErrorCode.BadRequest, $"Service [{_service}] changes something; only services that read can be watched.");
        var result = await _invoker.InvokeAsync(new(userName, _entity, _service, _arguments, CallOrigin.Rest), cancellationToken);
        var table = result.ToTable();
        var text = table is null ? "null" : InfoTableJson.ToText(table);
        if (text == _told)
            return;
        _told = text;
        tell(writer => writer.WriteRawValue(text, skipInputValidation: true));
    }
}
