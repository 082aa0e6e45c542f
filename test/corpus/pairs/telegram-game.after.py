import asyncio
import logging
import random

from aiogram import Bot, Dispatcher, Router, types
from aiogram.filters import Command

from .config import settings
from .texts import t

router = Router()
log = logging.getLogger("bot.lobby")
lobbies: dict[int, dict] = {}


@router.message(Command("join"))
async def join(message: types.Message, bot: Bot) -> None:
    chat_id = message.chat.id
    lobby = lobbies.get(chat_id)
    if lobby is None:
        await message.answer(t("no_lobby"))
        return
    user = message.from_user
    if user.id in lobby["players"]:
        await message.answer(t("already_in"))
        return
    if len(lobby["players"]) >= settings.max_players:
        await message.answer(t("full"))
        return
    lobby["players"].append(user.id)
    await bot.send_message(user.id, t("welcome"))
    await message.answer(t("joined", name=user.full_name))


@router.message(Command("new"))
async def new(message: types.Message) -> None:
    chat_id = message.chat.id
    if chat_id in lobbies:
        await message.answer(t("exists"))
        return
    lobbies[chat_id] = {"players": [], "seed": random.random()}
    await message.answer(t("created"))
