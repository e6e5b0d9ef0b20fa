package main

import (
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"
)

const patience = 2 * time.Minute

// step does one thing and prints a line; any failure ends the program with exit code 1.
func step(name string, action func()) {
	start := time.Now()
	defer func() {
		if wrong := recover(); wrong != nil {
			if _, ours := wrong.(expectation); !ours {
				panic(wrong)
			}
			fmt.Fprintf(os.Stderr, "FAILED %s\n%s\n", name, wrong)
			os.Exit(1)
		}
	}()
	action()
	fmt.Printf("ok     %s (%.1f s)\n", name, time.Since(start).Seconds())
}

// expectation is an expectation that failed.
type expectation string

func fail(format string, values ...any) {
	panic(expectation(fmt.Sprintf(format, values...)))
}

func expect(holds bool, format string, values ...any) {
	if !holds {
		fail(format, values...)
	}
}

func equal(what string, actual, expected any) {
	expect(reflect.DeepEqual(actual, expected), "%s: expected %#v, not %#v", what, expected, actual)
}

// ok returns the response of a call that must succeed.
func ok[T any](answer T, err error) T {
	expect(err == nil, "unexpected %T: %v", err, err)
	return answer
}

func must(err error) { ok(true, err) }

// refused returns the error of a call that must fail, with the given class.
func refused[E error, T any](_ T, err error) E {
	var expected E
	expect(errors.As(err, &expected), "expected %T, not %T: %v", expected, err, err)
	return expected
}

// eventually repeats the call until its response passes the check.
func eventually[T any](what string, ask func() T, check func(T) bool) T {
	for end := time.Now().Add(patience); ; time.Sleep(500 * time.Millisecond) {
		answer := ask()
		if check(answer) {
			return answer
		}
		expect(time.Now().Before(end), "%s: not within %s, at last %+v", what, patience, answer)
	}
}

func pointer[T any](value T) *T { return &value }
