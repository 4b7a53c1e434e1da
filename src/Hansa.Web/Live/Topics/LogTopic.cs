using System.Collections.Concurrent;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>Topic <c>log</c>: lines of a log as they come, for whoever may query it.</summary>
internal sealed class LogTopic : LiveTopic
{
    private const int MostWaiting = 500;

    private readonly ServiceInvoker _invoker;
    private readonly LogKeeper _logs;
    private readonly EntityKey _log;
    private readonly ConcurrentQueue<Value[]> _lines = new();
    private long _passedOver;

    public LogTopic(ServiceInvoker invoker, LogKeeper logs, EntityKey log)
    {
        (_invoker, _logs, _log) = (invoker, logs, log);
        logs.Kept += Note;
    }

    public override void Dispose() => _logs.Kept -= Note;

    protected override ValueTask CollectAsync(string userName, Action<Action<Utf8JsonWriter>> tell, CancellationToken cancellationToken)
    {
        var user = _invoker.FindPrincipal(userName);
        var log = _invoker.Gate.Find(user, _log, CallOrigin.Rest);
        _invoker.Gate.Demand(user, log, Permission.ServiceInvoke, nameof(LogServices.QueryLogEntries), CallOrigin.Rest);
        var table = new InfoTable.Builder(LogKeeper.LineShape);
        while (_lines.TryDequeue(out var line))
            table.Add(line);
        var (rows, passedOver) = (table.Build(), Interlocked.Exchange(ref _passedOver, 0));
        tell(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("entries");
            InfoTableJson.Write(writer, rows);
            writer.WriteNumber("passedOver", passedOver);
            writer.WriteEndObject();
        });
        return ValueTask.CompletedTask;
    }

    private void Note(string log, Value[] line)
    {
        if (log != _log.Name)
            return;
        if (_lines.Count >= MostWaiting)
            Interlocked.Increment(ref _passedOver);
        else
            _lines.Enqueue(line);
        News();
    }
}
