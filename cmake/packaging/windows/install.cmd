@echo off
rem SPDX-License-Identifier: GPL-2.0-or-later
rem
rem Installs SkypeFed for you alone, from the folder of this file. Needs no administrator.
rem
rem   install.cmd [/quiet] [FOLDER-OF-WIRESHARK]
rem
rem Without a folder Wireshark is looked for where its installer has noted it, then in
rem Program Files. Call it for each copy of Wireshark that you have. /quiet never waits
rem for a key. uninstall.cmd undoes what this does.
setlocal

set "here=%~dp0"
set "wait="
if /i "%~1" == "/quiet" (
    shift
) else (
    rem After a double click the window would close before anyone has read a word.
    echo %cmdcmdline% | find "%~f0" >nul && set "wait=1"
)
call :install "%~1"
set "result=%errorlevel%"
if defined wait pause
exit /b %result%

:install
set "wireshark=%~1"
if not defined wireshark for /f "tokens=2,*" %%A in ('reg query "HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\Wireshark" /v InstallLocation 2^>nul ^| find "REG_SZ"') do set "wireshark=%%B"
if not defined wireshark set "wireshark=%ProgramFiles%\Wireshark"
if not exist "%wireshark%\tshark.exe" (
    echo No Wireshark in "%wireshark%".
    echo Name its folder: install.cmd "C:\Program Files\Wireshark"
    exit /b 1
)

rem Not by its full name, whose parentheses would end those of the command. The first line reads "TShark (Wireshark) 4.4.2 (v4.4.2-0-g...)."
set "version="
pushd "%wireshark%"
for /f "tokens=3" %%A in ('.\tshark.exe --version 2^>nul') do if not defined version set "version=%%A"
popd
for /f "tokens=1,2 delims=." %%A in ("%version%") do set "minor=%%A.%%B"
if not exist "%here%plugins\%minor%\epan\skypefed.dll" (
    echo Wireshark %version% is in "%wireshark%", but this package has no plugin for it. It has plugins for:
    dir /b "%here%plugins"
    exit /b 1
)

set "plugins=%APPDATA%\Wireshark\plugins\%minor%"
set "extcap=%APPDATA%\Wireshark\extcap"
call :put "%here%plugins\%minor%\epan\skypefed.dll" "%plugins%\epan" || exit /b 1
if exist "%here%plugins\%minor%\wiretap\skypefed-log.dll" (
    call :put "%here%plugins\%minor%\wiretap\skypefed-log.dll" "%plugins%\wiretap" || exit /b 1
)
call :put "%here%extcap\skypefed-log.exe" "%extcap%" || exit /b 1
rem A profile of that name may be yours by now.
set "profile=%APPDATA%\Wireshark\profiles\SkypeFed"
pushd "%here%profile"
for %%F in (*) do if not exist "%profile%\%%F" call :put "%%F" "%profile%" || exit /b 1
popd

"%wireshark%\tshark.exe" -G plugins 2>nul | find "skypefed" >nul
if errorlevel 1 (
    echo Wireshark %version% does not load the plugin.
    exit /b 1
)
echo.
echo Wireshark %version% has loaded the plugin. To remove it: "%here%uninstall.cmd"
exit /b 0

rem put FILE FOLDER: copies a file.
:put
if not exist %2 mkdir %2
copy /y %1 %2 >nul
if errorlevel 1 (
    echo Cannot write to %2. Is Wireshark running?
    exit /b 1
)
echo Installed: %~2\%~nx1
exit /b 0
