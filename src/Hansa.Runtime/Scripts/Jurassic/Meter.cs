namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>Counts what an engine does, and looks at the call's budget every so many counts.</summary>
/// <param name="locate">Notes the line that runs, before the stack unwinds; gives false.</param>
internal sealed class Meter(Func<bool> locate)
{
    /// <summary>Loop turns, function entries and calls of built-ins between two looks.</summary>
    public const int TurnsPerLook = 64;

    private const int CharactersPerTurn = 1024;

    private ScriptBudget? _budget;
    private ScriptThread? _thread;
    private int _left;
    private int _maxText;

    /// <summary>Whether a limit has ended the call.</summary>
    public bool IsExceeded => _budget?.Exceeded is not null;

    public void Begin(ScriptBudget budget, int maxText)
    {
        (_budget, _thread, _left, _maxText) = (budget, ScriptThread.Current, 0, maxText);
    }

    /// <summary>Counts nothing until the next call begins: what runs is the platform's own.</summary>
    public void End() => (_budget, _thread) = (null, null);

    /// <summary>Whether nothing is counted for a moment.</summary>
    public bool IsSuspended { get; set; }

    /// <summary>A function was entered: is there stack, and is it time to look?</summary>
    public void Enter()
    {
        if (--_left < 0 || (_thread is { HasStack: false } && !IsSuspended))
            Look();
    }

    /// <summary>Looks at clock, memory and stack now.</summary>
    public void Look()
    {
        _left = TurnsPerLook;
        if (IsSuspended)
            return;
        try
        {
            if (_thread is { HasStack: false })
                throw _budget!.Exceed("its functions call each other too deep for the stack of a script thread");
            _budget?.Check();
        }
        catch (ScriptLimitException) when (locate())
        {
            throw;
        }
    }

    /// <summary>Ends the call: its functions call each other deeper than they may.</summary>
    /// <exception cref="ScriptLimitException">Always, but where nothing is counted.</exception>
    public void EndForDepth(int limit)
    {
        if (IsSuspended || _budget is null)
            return;
        try
        {
            throw _budget.Exceed(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"its functions called each other more than {limit} deep"));
        }
        catch (ScriptLimitException) when (locate())
        {
            throw;
        }
    }

    /// <summary>Holds the script for that long, within its limits.</summary>
    public void Pause(TimeSpan duration)
    {
        try
        {
            _budget?.Pause(duration);
        }
        catch (ScriptLimitException) when (locate())
        {
            throw;
        }
    }

    /// <summary>A built-in is about to go over that many characters or elements.</summary>
    public void Charge(long size) => _left -= (int)Math.Min(size / CharactersPerTurn, TurnsPerLook);

    /// <summary>Refuses a text longer than the limit; the script may catch it.</summary>
    public void Hold(double length)
    {
        if (length > _maxText && _budget is not null)
            throw ScriptErrors.Range($"A text has at most {_maxText} characters.");
        Charge((long)length);
    }
}
